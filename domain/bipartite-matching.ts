/**
 * A maximum matching between `left` and `right` nodes by augmenting paths (Kuhn's form of the Hungarian method without
 * weights), O(left x edges). Returns for each left node its right node or `null`. Left nodes are tried in order and
 * never lose their place to a later one, so that of two equal ones the earlier is matched.
 */
export function maximumMatching(
  left: number,
  right: number,
  joins: (leftNode: number, rightNode: number) => boolean,
): (number | null)[] {
  const rightOf: (number | null)[] = Array.from({ length: left }, () => null);
  const leftOf: (number | null)[] = Array.from({ length: right }, () => null);

  const place = (leftNode: number, tried: Set<number>): boolean => {
    for (let rightNode = 0; rightNode < right; rightNode++) {
      if (tried.has(rightNode) || !joins(leftNode, rightNode)) continue;
      tried.add(rightNode);
      const holder = leftOf[rightNode] ?? null;
      if (holder !== null && !place(holder, tried)) continue;
      leftOf[rightNode] = leftNode;
      rightOf[leftNode] = rightNode;
      return true;
    }
    return false;
  };

  for (let leftNode = 0; leftNode < left; leftNode++) place(leftNode, new Set());
  return rightOf;
}
