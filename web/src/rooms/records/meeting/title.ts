/** What the sheet to read before one meets a client is called: a demo prepares a sale, a call what is never won. */
import { type PipelineShape, useSchemaQuery } from '@/client/schema';
import { useTranslation } from '@/i18n';
import './texts';

export function isWon(object: string, pipelines: PipelineShape[]) {
  const own = pipelines.filter((each) => each.object === object);
  return own.length === 0 || own.some(({ stages }) => stages.some(({ kind }) => kind === 'won'));
}
export function useSheetTitle(object: string) {
  const { t } = useTranslation('meeting');
  return t(isWon(object, useSchemaQuery().data?.pipelines ?? []) ? 'title' : 'titleCall');
}
