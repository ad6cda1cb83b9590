import { beginning, WORD } from './boundary.ts';
import { findAll, marker, type Rule } from './rule.ts';

/** Prefixes that their makers gave to keys, so that keys can be found; what follows each, in characters of WORD. */
const FORMS = [
  // OpenAI, Anthropic, OpenRouter, Langfuse; and others that took the prefix over.
  `sk-[${WORD}]{20,}`,
  '[sr]k_(?:live|test)_[A-Za-z0-9]{16,}', // Stripe
  'whsec_[A-Za-z0-9]{24,}',
  '(?:AKIA|ASIA)[A-Z0-9]{16}', // AWS
  `AIza[${WORD}]{35}`, // Google
  'gh[pousr]_[A-Za-z0-9]{36,}', // GitHub
  'github_pat_[A-Za-z0-9_]{22,}',
  `glpat-[${WORD}]{20,}`, // GitLab
  'xox[abeoprs]-[A-Za-z0-9-]{10,}', // Slack
  'xapp-[A-Za-z0-9-]{10,}',
  'hf_[A-Za-z0-9]{30,}', // Hugging Face
  'npm_[A-Za-z0-9]{36,}',
  `pypi-[${WORD}]{50,}`,
  'gsk_[A-Za-z0-9]{20,}', // Groq
  'xai-[A-Za-z0-9]{20,}',
  'pplx-[A-Za-z0-9]{20,}', // Perplexity
  'tvly-[A-Za-z0-9-]{20,}', // Tavily
  'nvapi-[A-Za-z0-9_-]{40,}', // NVIDIA
  'r8_[A-Za-z0-9]{30,}', // Replicate
  'ntn_[A-Za-z0-9]{30,}', // Notion
  'lin_api_[A-Za-z0-9]{30,}', // Linear
  'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}', // Shopify
  'pat-(?:na|eu|ap)\\d-[A-Fa-f0-9-]{36}', // HubSpot
  'dop_v1_[a-f0-9]{64}', // DigitalOcean
  // SendGrid
  `SG\\.[${WORD}]{16,}\\.[${WORD}]{16,}`,
];

const pattern = new RegExp(`${beginning(WORD)}(?:${FORMS.join('|')})(?![A-Za-z0-9])`, 'g');

/** Keys of services, known by the prefix that their maker gave them. */
export const apiKeys: Rule = {
  name: 'api-keys',
  replacement: marker('api-key'),
  triggers: [
    ...['sk-', 'sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_', 'akia', 'asia', 'aiza'],
    ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_', 'glpat-', 'xox', 'xapp-', 'hf_', 'npm_'],
    ...['pypi-', 'gsk_', 'xai-', 'pplx-', 'tvly-', 'nvapi-', 'r8_', 'ntn_', 'lin_api_', 'shpat_', 'shpca_'],
    ...['shppa_', 'shpss_', 'pat-na', 'pat-eu', 'pat-ap', 'dop_v1_', 'sg.'],
  ],
  encoding: 'latin1',
  // A key is drawn at random: words joined by hyphens, like the CSS class sk-estimator-doc-link, are none.
  find: (text) => findAll(text, pattern, { accept: (key) => /\d/.test(key) && /[A-Za-z0-9]{10}/.test(key) }),
};
