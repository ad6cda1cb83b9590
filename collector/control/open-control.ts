import { messageOf } from '../../domain/errors.ts';
import type { ProjectId } from '../../domain/ids.ts';
import type { Log } from '../observe/log.ts';
import type { Receive } from '../otlp/receiver.ts';
import { type ControlDesk, createControlDesk } from './control-desk.ts';
import { controlRecord } from './control-record.ts';
import type { ControlNews } from './controlled-session.ts';

export type ControlDeps = {
  /** Milliseconds since the epoch. */
  now: () => number;
  receive: Receive;
  log: Log;
};

export type Control = { deskOf: (project: ProjectId) => ControlDesk; close: () => void };

const sweepMilliseconds = 5000;
const nanosPerMilli = 1_000_000;

/** The desks of all projects. What becomes of commands is recorded like any log record that is sent. */
export function openControl({ now, receive, log }: ControlDeps): Control {
  const desks = new Map<ProjectId, ControlDesk>();
  let told = 0;
  const record = (project: ProjectId) => (news: ControlNews) => {
    const request = JSON.stringify(controlRecord(news, told++ % nanosPerMilli));
    receive(project, 'logs', Buffer.from(request), 'json').catch((error: unknown) => {
      const { command, agent } = news;
      const told = `what became of command ${command.id} to ${agent.agent} is not recorded: ${messageOf(error)}`;
      log('control.not-recorded', told, { project, command: command.id, agent: agent.agent });
    });
  };
  const sweeping = setInterval(() => {
    for (const desk of desks.values()) desk.sweep();
  }, sweepMilliseconds);
  return {
    deskOf(project) {
      const desk = desks.get(project) ?? createControlDesk({ now, onNews: record(project) });
      desks.set(project, desk);
      return desk;
    },
    close: () => clearInterval(sweeping),
  };
}
