/** The steps of the workflow that ask the model, and the operations that each may use. */
export const STEPS = {
  find_people: {
    about: 'Find whom the request is about. A search that found nothing is tried once more in other words.',
    operations: ['search_contacts', 'get_contact', 'search_people', 'get_person', 'current_time'],
    rounds: 2,
  },
  read_conversation: {
    about: 'Read the conversation that the request is about: find it, then read all of it.',
    operations: [
      'list_inbox',
      'read_thread',
      'search_contacts',
      'search_people',
      'list_linkedin_messages',
      'current_time',
    ],
    rounds: 3,
  },
  find_sender: {
    about: 'Find the contact who wrote, and all contacts that the message speaks of.',
    operations: ['search_contacts', 'get_contact', 'search_people', 'get_person'],
    rounds: 2,
  },
  read_history: {
    about: 'See what was sent and noted before, and whether somebody wants no more of it.',
    operations: [
      'list_sent_mail',
      'list_inbox',
      'list_notes',
      'list_invitations',
      'list_linkedin_messages',
      'look_up_suppression',
      'search_contacts',
      'current_time',
    ],
    rounds: 2,
  },
  check_calendar: {
    about: 'Look at the days of the calendar that the message speaks of.',
    operations: ['list_events', 'find_busy_times', 'current_time'],
    rounds: 2,
  },
  know_company: {
    about: "Find out what the reader's company does, and what was published about it.",
    operations: ['search_companies', 'get_company', 'list_company_news'],
    rounds: 4,
  },
} as const satisfies Record<string, { about: string; operations: readonly string[]; rounds: number }>;

export type LookUpStep = keyof typeof STEPS;
