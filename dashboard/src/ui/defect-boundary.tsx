import { Component, type ReactNode } from 'react';
import { Page } from './page.tsx';
import { Failure } from './states.tsx';

type DefectBoundaryProps = {
  /** The page it guards: another page starts anew. */
  page: string;
  children: ReactNode;
};

/** A page that throws shows what it threw in its place, and the rest of the product stays. */
export class DefectBoundary extends Component<DefectBoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override componentDidUpdate(previous: DefectBoundaryProps) {
    if (previous.page !== this.props.page && this.state.error) this.setState({ error: null });
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Page title="Error" crumbs={[{ label: 'Runs', href: '/' }]} heading="This page could not be shown">
        <Failure error={error} onRetry={() => this.setState({ error: null })} />
      </Page>
    );
  }
}
