import { ToolError } from './tool-error.ts';

/** A number of Python: an exact integer or a float. */
export type PythonNumber = bigint | number;

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '**';

/** An arithmetic expression as Python reads it: literals, signs, the six operators, parentheses and calls. */
export type Expression =
  | { is: 'number'; value: PythonNumber }
  | { is: 'empty-tuple' }
  | { is: 'negative'; of: Expression }
  | { is: 'positive'; of: Expression }
  | { is: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { is: 'call'; callee: Expression; argument: Expression | null };

type Token = PythonNumber | BinaryOperator | '(' | ')';

const SYNTAX = 'invalid syntax';
const LEADING_ZEROS =
  'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
/** As many as Python's own parser takes; it also keeps ours from running out of stack. */
const MAX_DEPTH = 200;

/**
 * Parses an expression with Python's precedence: `**` (right-associative) over unary signs over `*`, `/`, `//` over `+ -`.
 *
 * @throws ToolError with the text of Python's SyntaxError
 */
export function parseExpression(source: string): Expression {
  const tokens = tokenise(source);
  if (tokens.length === 0) throw new ToolError(`${SYNTAX} (<string>, line 0)`);
  let place = 0;
  let depth = 0;

  const next = () => tokens[place];
  const accept = (token: Token) => {
    if (next() !== token) return false;
    place += 1;
    return true;
  };
  const nested = (parse: () => Expression) => {
    depth += 1;
    if (depth > MAX_DEPTH) throw syntaxError('too many nested parentheses');
    const expression = parse();
    depth -= 1;
    return expression;
  };

  function sum(): Expression {
    let left = product();
    for (let operator = next(); operator === '+' || operator === '-'; operator = next()) {
      place += 1;
      left = { is: 'binary', operator, left, right: product() };
    }
    return left;
  }

  function product(): Expression {
    let left = signed();
    for (
      let operator = next();
      operator === '*' || operator === '/' || operator === '//';
      operator = next()
    ) {
      place += 1;
      left = { is: 'binary', operator, left, right: signed() };
    }
    return left;
  }

  function signed(): Expression {
    if (accept('-')) return { is: 'negative', of: nested(signed) };
    if (accept('+')) return { is: 'positive', of: nested(signed) };
    return power();
  }

  function power(): Expression {
    const left = call();
    return accept('**') ? { is: 'binary', operator: '**', left, right: nested(signed) } : left;
  }

  function call(): Expression {
    let callee = atom();
    while (accept('(')) {
      const argument = next() === ')' ? null : nested(sum);
      if (!accept(')')) throw syntaxError(SYNTAX);
      callee = { is: 'call', callee, argument };
    }
    return callee;
  }

  function atom(): Expression {
    const token = next();
    place += 1;
    if (typeof token === 'bigint' || typeof token === 'number') return { is: 'number', value: token };
    if (token !== '(') throw syntaxError(SYNTAX);
    if (accept(')')) return { is: 'empty-tuple' };
    const inner = nested(sum);
    if (!accept(')')) throw syntaxError(SYNTAX);
    return inner;
  }

  const expression = sum();
  if (place < tokens.length) throw syntaxError(SYNTAX);
  return expression;
}

function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  let open = 0;
  for (const [text] of source.matchAll(/\d+\.\d*|\.\d+|\d+|\*\*|\/\/|[^ ]/g)) {
    if (text === '(') open += 1;
    if (text === ')') open -= 1;
    if (open < 0) throw syntaxError("unmatched ')'");
    tokens.push(tokenOf(text));
  }
  if (open > 0) throw syntaxError("'(' was never closed");
  return tokens;
}

function tokenOf(text: string): Token {
  if (/^\d+$/.test(text)) {
    if (/^0+[1-9]/.test(text)) throw syntaxError(LEADING_ZEROS);
    return BigInt(text);
  }
  if (/\d/.test(text)) return Number(text);
  if (text === '.') throw syntaxError(SYNTAX);
  return text as BinaryOperator | '(' | ')';
}

function syntaxError(message: string): ToolError {
  return new ToolError(`${message} (<string>, line 1)`);
}
