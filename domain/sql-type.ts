/**
 * Whether values of a column are numbers, by ClickHouse's name of its type.
 *
 * @example isNumberType('Nullable(Float64)') // true
 */
export function isNumberType(type: string): boolean {
  return /^(?:LowCardinality\(|Nullable\()*(?:U?Int|Float|Decimal|BFloat)/.test(type);
}
