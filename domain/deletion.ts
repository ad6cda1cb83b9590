/** What can be deleted for good: a trace, everything of a lead, a session or a user, or a project. */
export const DELETION_KINDS = ['trace', 'subject', 'project'] as const;
export type DeletionKind = (typeof DELETION_KINDS)[number];

/** What is to be deleted. A project is known by its name. */
export type DeletionTarget = { kind: DeletionKind; id: string };

/** How many rows of each table a deletion concerns; tables without any are left out. */
export type DeletedRows = { table: string; rows: number }[];

/** A deletion that was asked for, or is shown before. `done`: no reader sees these rows any more. */
export type Deletion = DeletionTarget & { tables: DeletedRows; done: boolean };
