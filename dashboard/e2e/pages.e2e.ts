import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { describeComparison } from './pages/comparison.ts';
import { describeHostileText } from './pages/hostile-text.ts';
import { describeLive } from './pages/live.ts';
import type { OpenPage } from './pages/open-page.ts';
import { describeRuns } from './pages/runs.ts';
import { describeSql } from './pages/sql.ts';
import { describeTrace } from './pages/trace.ts';
import { describeTraces } from './pages/traces.ts';
import { type Product, startProduct } from './product.ts';
import { seed } from './seed/seed.ts';

let product: Product;
let open: OpenPage;

beforeAll(async () => {
  product = await startProduct();
  await seed(product.url, Date.now() * 1000);
  await product.settled();
  const { page, complaints } = await product.open();
  open = { product, page, complaints, text: (pattern) => page.getByText(pattern).first().waitFor() };
});
afterAll(() => product?.close());
afterEach(async () => {
  await open.page.unrouteAll();
  expect(open.complaints.splice(0)).toEqual([]);
});

describeRuns(() => open);
describeComparison(() => open);
describeHostileText(() => open);
describeTraces(() => open);
describeTrace(() => open);
describeSql(() => open);
describeLive(() => open);
