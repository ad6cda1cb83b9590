import { Link, useLocation } from 'wouter';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';

export function NotFoundPage() {
  const [path] = useLocation();
  return (
    <Page title="No such page" crumbs={[{ label: 'Runs', href: '/' }]} heading="No such page">
      <Empty title={`There is no page at ${path}`}>
        <p>
          Go to the <Link href="/">runs</Link> or the <Link href="/traces">traces</Link>.
        </p>
      </Empty>
    </Page>
  );
}
