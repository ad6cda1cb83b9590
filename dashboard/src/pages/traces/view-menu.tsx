import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link } from 'wouter';
import type { SavedView } from '../../../../domain/saved-view.ts';
import { api, body } from '../../api.ts';
import { viewsQuery } from '../../queries.ts';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';

type ViewMenuProps = {
  page: SavedView['page'];
  /** The query of the address as it is now. */
  search: string;
};

type Change = { name: string; search: string | null };

/** Filters under a name, for everybody of the project: to open, to save, to delete. */
export function ViewMenu({ page, search }: ViewMenuProps) {
  const { queryKey, ...query } = viewsQuery(page);
  const { data, error } = useQuery({ queryKey, ...query });
  const client = useQueryClient();
  const { mutate, error: refused } = useMutation<unknown, Error, Change>({
    mutationFn: ({ name, search: saved }) => {
      const param = { page, name: encodeURIComponent(name) };
      const one = api.views[':page'][':name'];
      return saved === null
        ? body(one.$delete({ param }))
        : body(one.$put({ param, json: { search: saved } }));
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    if (name === '') return;
    mutate({ name, search });
    event.currentTarget.reset();
  };
  const failure = error ?? refused;
  const views = data?.views ?? [];
  const current = views.find((view) => view.search === search);
  return (
    <Menu label={current ? `View: ${current.name}` : 'Views'}>
      {failure && <p className="fail">{failure.message}</p>}
      {views.length === 0 && !failure && <p className="muted">No view is saved yet.</p>}
      <ul>
        {views.map(({ name, search: saved }) => (
          <li key={name} className="view">
            <Link
              href={saved === '' ? `/${page}` : `/${page}?${saved}`}
              aria-current={saved === search || undefined}
            >
              <bdi>{name}</bdi>
            </Link>
            <button
              type="button"
              className="quiet"
              aria-label={`Delete the view ${name}`}
              onClick={() => mutate({ name, search: null })}
            >
              <Icon name="cross" />
            </button>
          </li>
        ))}
      </ul>
      <SaveView onSave={submit} />
    </Menu>
  );
}

function SaveView({ onSave }: { onSave: (event: FormEvent<HTMLFormElement>) => void }) {
  return (
    <form className="view-save" onSubmit={onSave}>
      <input
        name="name"
        aria-label="Name of the view"
        placeholder="name of these filters"
        maxLength={80}
        autoComplete="off"
      />
      <button type="submit">Save</button>
    </form>
  );
}
