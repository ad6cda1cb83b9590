const views = { waterfall: 'Waterfall', graph: 'Graph', transcript: 'Transcript' } as const;

export type View = keyof typeof views;

/** The view that the address names; the waterfall where it names none, or one that there is not. */
export function readView(search: URLSearchParams): View {
  const asked = search.get('view') ?? '';
  return isView(asked) ? asked : 'waterfall';
}

function isView(text: string): text is View {
  return Object.hasOwn(views, text);
}

/** Ways to look at a trace. */
export function ViewChoice({ view, onChoose }: { view: View; onChoose: (view: View) => void }) {
  return (
    <fieldset className="view-choice">
      <legend className="visually-hidden">View</legend>
      {Object.entries(views).map(([name, label]) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === view}
          onClick={() => isView(name) && onChoose(name)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** What the bars of the waterfall tell. */
export function BarChoice({ byCost, onChoose }: { byCost: boolean; onChoose: (byCost: boolean) => void }) {
  return (
    <fieldset className="view-choice">
      <legend className="visually-hidden">Bars</legend>
      <button type="button" aria-pressed={!byCost} onClick={() => onChoose(false)}>
        Time
      </button>
      <button type="button" aria-pressed={byCost} onClick={() => onChoose(true)}>
        Cost
      </button>
    </fieldset>
  );
}
