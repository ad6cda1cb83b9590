/** Tools that put a message before somebody. */
export const MESSAGE_TOOLS = ['send_mail', 'send_linkedin_message', 'send_invitation'];

/** What the writers of a team can do. */
export const TEAM_WRITES = [
  ...MESSAGE_TOOLS,
  'update_contact',
  'add_note',
  'book_meeting',
  'move_meeting',
  'cancel_meeting',
  'add_suppression',
];

/** What its researcher has in any case. */
export const TEAM_READS = [
  'search_contacts',
  'get_contact',
  'list_notes',
  'list_inbox',
  'read_thread',
  'list_sent_mail',
  'current_time',
  'list_events',
];
