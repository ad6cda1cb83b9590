import { Link } from 'wouter';
import { signOut, switchProject, useSession } from './session.ts';

/** Which project is looked at, where there are several, and who is looking. */
export function Account() {
  const session = useSession();
  if (session === null) return null;
  const { person, project, projects, scopes } = session;
  if (person === null && projects.length < 2) return null;
  return (
    <div className="account">
      {projects.length > 1 && (
        <select
          className="project"
          aria-label="Project"
          title="Project"
          value={project}
          onChange={({ target }) => switchProject(target.value)}
        >
          {projects.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
      )}
      {scopes.includes('admin') && (
        <Link href="/audit" className="quiet button">
          Audit log
        </Link>
      )}
      {person && (
        <button
          type="button"
          className="quiet"
          title={`Signed in as ${person.email}, ${person.role}`}
          onClick={() => void signOut()}
        >
          Sign out
        </button>
      )}
    </div>
  );
}
