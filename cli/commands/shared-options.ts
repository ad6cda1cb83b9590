export const dataOption = [
  '--data <directory>',
  'where ClickHouse keeps its data',
  '.rehearse/data',
] as const;

export const urlOption = [
  '--url <url>',
  'a collector to ask instead of a data directory (REHEARSE_URL)',
] as const;

export const configOption = [
  '--config <file>',
  "configuration with the gate's policy; default: rehearse.config.ts, .js or .json, where there is one",
] as const;
