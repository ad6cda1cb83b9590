/** Words of programming that stand for one another, a line each: what a person says, and what code calls it. */
const LINES = `
abort cancel signal stop interrupt
accept reject allow deny
address url path href
answer reply response
argument parameter option flag
array list collection
authentication authorization auth login credential
binary buffer bytes base64 blob
browser client dom
cache remember memoize store persist
chance random jitter
check verify validate valid
choice choices enum allowed
class css style stylesheet
close closed disconnect shutdown
collect garbage gc dispose remove cleanup
command subcommand program cli
compare equal comparison match
compress compression deflate gzip inflate
condition predicate filter
configure option setting config
console log logger print
cookie cookies jar
copy clone duplicate
count size length
crash error exception failure
database storage indexeddb localstorage
decode parse deserialize
default fallback
delay wait timeout time duration interval
detect infer guess
dictionary map record object
digest hash sha checksum
directory folder path
disk file fs
download fetch request
encode serialize stringify
encoding charset compression
environment env process
event emit listener subscribe
expire expiry ttl age lifetime
export output write
failed error rejected
field column property key
form multipart formdata
generate create build make
header headers
help usage description
html markup element tag jsx
id identifier key
idle inactive unused
ip ipv4 ipv6 cidr subnet address
language locale i18n
large big limit max
limit maximum max threshold
loop iterate each
memory heap leak
message frame packet payload
middleware handler
misspelled suggest similar typo
name label title
nested nesting deep depth recursive
observer subscribe listener notify
offline online network
operation query mutation
order sort priority
origin cors preflight
outage failure offline
page pagination pages infinite cursor
password secret key token
pending queue waiting
policy csp nonce
position offset index
queue limiter concurrency pending
range interval between
read get load parse
reconnect retry reconnection
redirect location
refresh refetch invalidate revalidate
release version
render rendering
repeat retry again attempt
route router path pattern
schedule timer cron
script worker serviceworker
secret key signature hmac
server node backend
share structural reuse
shared common
sign signature signed hmac
socket websocket ws
space whitespace trim
speed performance fast
stale outdated old
static asset file
stream streaming readable writable pipe
strict exact
subdomain host hostname
tag etag element
text string
token jwt bearer jws
transform convert map
type kind
unhandled unknown missing
upload multipart body
user account username
variable env
warn warning console
weight quality q
write send mutate
`;

const groups = LINES.trim()
  .split('\n')
  .map((line) => line.split(' '));

/** Other words for a word, as they come in code; the word itself is not among them. */
export function otherWordsFor(word: string): string[] {
  const singular = word.replace(/(?<=[^s])s$/, '');
  const found = groups.filter((group) => group.includes(word) || group.includes(singular));
  return [...new Set(found.flat())].filter((other) => other !== word && other !== singular);
}
