import { Component, type ReactNode, Suspense } from 'react';

type LazyChartProps = {
  children: ReactNode;
  /** As high as the chart that comes. */
  tall?: boolean;
};

/**
 * The place of a chart whose script comes when it is first needed. While it comes the place is kept; if it does not
 * come (the collector is gone, or has a newer build), the page around it stays.
 */
export class LazyChart extends Component<LazyChartProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    const { children, tall = false } = this.props;
    const space = tall ? 'chart-space tall' : 'chart-space';
    if (!this.state.failed) return <Suspense fallback={<div className={space} />}>{children}</Suspense>;
    return (
      <p className={`${space} muted`} role="alert">
        The chart could not be loaded; the numbers on this page do not depend on it.{' '}
        <button type="button" onClick={() => window.location.reload()}>
          Reload the page
        </button>
      </p>
    );
  }
}
