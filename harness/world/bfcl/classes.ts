import type { ApiClass } from './api-class.ts';
import { fileSystem } from './file-system.ts';
import { math } from './math.ts';
import { messages } from './messages.ts';
import { posting } from './posting.ts';
import { tickets } from './tickets.ts';

/** The API classes that are served here. */
export const CLASSES: readonly ApiClass[] = [fileSystem, math, messages, posting, tickets];
