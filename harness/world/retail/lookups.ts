import { z } from 'zod';
import { calculate } from '../airline/calculate.ts';
import { ToolError } from '../airline/tool-error.ts';
import { fold } from '../services/answers.ts';
import { refuse } from '../tool-operation.ts';
import { orderOf, Product, productOf, User, userOf } from './records.ts';
import { tool } from './tool.ts';

const text = z.string();

/** The tools that only look things up, or do nothing to the shop at all. */
export const lookups = [
  tool('calculate', z.strictObject({ expression: text }), ({ expression }) => calculated(expression)),

  tool('find_user_id_by_email', z.strictObject({ email: text }), ({ email }, { users }) => {
    const user = [...users.all()].find((row) => fold(User.parse(row).email) === fold(email));
    return user?.user_id ?? refuse(`no user has the address ${email}`);
  }),

  tool(
    'find_user_id_by_name_zip',
    z.strictObject({ first_name: text, last_name: text, zip: text }),
    ({ first_name, last_name, zip }, { users }) => {
      const user = [...users.all()]
        .map((row) => User.parse(row))
        .find(
          ({ name, address }) =>
            fold(name.first_name) === fold(first_name) &&
            fold(name.last_name) === fold(last_name) &&
            address.zip === zip,
        );
      return user?.user_id ?? refuse(`nobody is called ${first_name} ${last_name} in ${zip}`);
    },
  ),

  tool('get_order_details', z.strictObject({ order_id: text }), ({ order_id }, shop) =>
    orderOf(shop, order_id),
  ),
  tool('get_product_details', z.strictObject({ product_id: text }), ({ product_id }, shop) =>
    productOf(shop, product_id),
  ),
  tool('get_user_details', z.strictObject({ user_id: text }), ({ user_id }, shop) => userOf(shop, user_id)),

  tool('get_item_details', z.strictObject({ item_id: text }), ({ item_id }, { products }) => {
    for (const row of products.all()) {
      const variant = Product.parse(row).variants[item_id];
      if (variant) return variant;
    }
    return refuse(`no item has the id "${item_id}"`);
  }),

  tool('list_all_product_types', z.strictObject({}), (_, { products }) =>
    Object.fromEntries(
      [...products.all()]
        .map((row): [string, string] => [Product.parse(row).name, Product.parse(row).product_id])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  ),

  tool('think', z.strictObject({ thought: text }), () => ''),
  tool('transfer_to_human_agents', z.strictObject({ summary: text }), () => 'Transfer successful'),
];

function calculated(expression: string): string {
  try {
    return calculate(expression);
  } catch (error) {
    if (error instanceof ToolError) return refuse(error.message);
    throw error;
  }
}
