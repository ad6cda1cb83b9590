import { AppError } from '../../domain/errors.ts';

/** @throws AppError UNSUPPORTED_MEDIA_TYPE */
export function expectJson(type = 'none'): void {
  if (!/^application\/(.+\+)?json\s*(;|$)/i.test(type)) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `content-type: expected application/json, got ${type}`);
  }
}
