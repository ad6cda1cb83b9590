import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { counted, formatCount, formatDuration } from '../../../../domain/format.ts';
import type { Json } from '../../../../domain/json.ts';
import { isNumberType } from '../../../../domain/sql-type.ts';
import { Name } from '../../ui/name.tsx';
import { numbered } from '../../ui/numbered.ts';
import { useRowHeight } from '../../waterfall/use-row-height.ts';
import { RowPanel } from './row-panel.tsx';
import type { SqlAnswer } from './sql-queries.ts';
import { cellWords, columnWidths, linkOf } from './sql-rows.ts';

const overscan = 8;
const numberWidth = 8;

/** The rows of an answer: only those on the screen are mounted. A row's number opens it whole. */
export function ResultTable({ answer }: { answer: SqlAnswer }) {
  const { names, types, rows, more, millis } = answer;
  const [opened, setOpened] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
  });
  const shown = virtualizer.getVirtualItems();
  const [before, after] = [shown[0]?.start ?? 0, virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0)];
  const openedRow = opened === null ? undefined : rows[opened];
  return (
    <>
      <p className="sql-status" role="status">
        {more ? (
          <span className="warn">the first {formatCount(rows.length)} rows; there are more</span>
        ) : (
          <span>{counted(rows.length, 'row')}, all of them</span>
        )}
        <span className="muted">{formatDuration(Math.round(millis * 1000))}</span>
      </p>
      {rows.length === 0 ? (
        <p className="muted">
          It ran and found nothing{names.length > 0 && `: its columns are ${names.join(', ')}`}.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: A region that scrolls is reached by keyboard.
        <section ref={scroller} className="sql-rows" aria-label="Rows" tabIndex={0}>
          <table aria-rowcount={rows.length + 1}>
            <colgroup>
              <col style={{ width: `${numberWidth}ch` }} />
              {numbered(columnWidths(answer)).map(({ number, item: width }) => (
                <col key={number} style={{ width: `calc(${width}ch + 16px)` }} />
              ))}
            </colgroup>
            <thead>
              <tr aria-rowindex={1}>
                <th scope="col" className="number">
                  Row
                </th>
                {numbered(names).map(({ number, item: name }) => (
                  <th
                    key={number}
                    scope="col"
                    className={isNumberType(types[number - 1] ?? '') ? 'number' : undefined}
                    title={`${name}: ${types[number - 1]}`}
                  >
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              <Space height={before} />
              {shown.map(({ index }) => (
                <ResultRow
                  key={index}
                  index={index}
                  row={rows[index] ?? []}
                  names={names}
                  types={types}
                  opened={index === opened}
                  onOpen={() => setOpened(index === opened ? null : index)}
                />
              ))}
              <Space height={after} />
            </tbody>
          </table>
        </section>
      )}
      {openedRow && opened !== null && (
        <RowPanel number={opened + 1} names={names} row={openedRow} onClose={() => setOpened(null)} />
      )}
    </>
  );
}

/** Stands for the rows that are not mounted. */
function Space({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr style={{ height }}>
      <td />
    </tr>
  );
}

type ResultRowProps = {
  index: number;
  row: readonly Json[];
  names: readonly string[];
  types: readonly string[];
  opened: boolean;
  onOpen: () => void;
};

function ResultRow({ index, row, names, types, opened, onOpen }: ResultRowProps) {
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className="number">
        <button type="button" className="quiet" data-row aria-expanded={opened} onClick={onOpen}>
          <span className="visually-hidden">Row </span>
          {index + 1}
        </button>
      </th>
      {numbered(row).map(({ number, item: value }) => {
        const words = cellWords(value);
        const link = linkOf(names[number - 1] ?? '', value);
        const tone = value === null ? 'muted' : '';
        return (
          <td
            key={number}
            className={isNumberType(types[number - 1] ?? '') ? `number ${tone}` : tone}
            title={words}
          >
            {link ? <Link href={link}>{words}</Link> : <Name of={words} />}
          </td>
        );
      })}
    </tr>
  );
}
