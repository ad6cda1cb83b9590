import { pickTools } from './assistant/picker.ts';
import { plan } from './assistant/planner.ts';
import { route } from './assistant/router.ts';
import type { SimulatedModel } from './simulated-model.ts';

/**
 * A simulated personal assistant in all its roles: without tools it names those that a task takes, with workflows to
 * give out it is the front desk, and else it carries a task out. It reads nothing but the conversation.
 */
export const assistantModel: SimulatedModel = {
  name: 'sim/assistant',
  move(request, random) {
    if (request.tools.length === 0) return { text: pickTools(request.messages) };
    return request.tools.includes('dynamic') ? route(request, random) : plan(request, random);
  },
};
