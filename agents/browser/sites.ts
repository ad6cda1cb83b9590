/** A web site that the user lends the agent, by the name that grants use. */
export type Site = { name: string; base: URL };

/** The site that a URL lies in; `null` for any other place. */
export function siteAt(sites: readonly Site[], url: URL): Site | null {
  return (
    sites.find(({ base }) => url.origin === base.origin && `${url.pathname}/`.startsWith(base.pathname)) ??
    null
  );
}

/** A URL as the model reads it: the name of its site and what follows, `shop/p/K-1?page=2`. */
export function addressOf({ name, base }: Site, url: URL): string {
  return `${name}/${url.pathname.slice(base.pathname.length)}${url.search}`;
}

/** The URL that an address of the model means: `shop/search?q=kettle`, or a whole URL; `null` for what is neither. */
export function urlOf(sites: readonly Site[], address: string): URL | null {
  const trimmed = address.trim();
  if (/^https?:\/\//i.test(trimmed)) return URL.parse(trimmed);
  const [name, ...rest] = trimmed.replace(/^\/+/, '').split(/\/|(?=\?)/);
  const site = sites.find((candidate) => candidate.name === name);
  if (!site) return null;
  const path = rest.join('/').replace('/?', '?');
  return URL.parse(path, site.base);
}
