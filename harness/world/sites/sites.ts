import type { Service } from '../service.ts';
import { cloud } from './cloud.ts';
import { forge } from './forge.ts';
import { shop } from './shop/shop.ts';
import { social } from './social.ts';

/** Web sites: their answers are pages, and what they take are the forms on them. */
export const SITES: readonly Service[] = [shop, social, forge, cloud];
