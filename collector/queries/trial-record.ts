import { z } from 'zod';
import { Trial } from '../../domain/trial.ts';
import { type Query, readSql } from '../store/query.ts';

type Params = { project: string; trialId: string };

const columns = z.object({ record: z.string() });

/** One trial, whole. */
export const trialRecord: Query<Params, typeof columns, Trial> = {
  sql: readSql('trial-record.sql', import.meta.dirname),
  columns,
  toValue: ({ record }) => Trial.parse(JSON.parse(record)),
};
