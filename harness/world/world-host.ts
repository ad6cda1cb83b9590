const DOMAIN = '.rehearse.test';

/** Where a service of a world is: `crm.rehearse.test`. */
export function hostOf(service: string): string {
  return `${service}${DOMAIN}`;
}

/** The service at a host of a world; `null` for any other host. */
export function serviceAt(host: string): string | null {
  return host.endsWith(DOMAIN) ? host.slice(0, -DOMAIN.length) : null;
}
