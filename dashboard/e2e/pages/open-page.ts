import type { Page } from 'playwright-core';
import type { Product } from '../product.ts';

/** The one page of the browser that the tests of pages.e2e.ts share, over one collector with the data of `seed`. */
export type OpenPage = {
  product: Product;
  page: Page;
  /** What the console complained about: a test that expects some takes them out. */
  complaints: string[];
  /** Resolves when a text is on the page. */
  text(pattern: string | RegExp): Promise<void>;
};
