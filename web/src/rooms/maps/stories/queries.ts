/** What scenarios may be made of, and how the one at hand reads. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/client/api';
import type { MapDoc } from '@/client/maps';
import { putScenario, type Scenario } from './model';

export const useStoryGrammar = () =>
  useQuery({
    queryKey: ['story-grammar'],
    staleTime: Infinity,
    queryFn: () => answer(api.GET('/api/scenarios/grammar')),
  });
export const useStory = (map: MapDoc, scenario: Scenario) =>
  useQuery({
    queryKey: ['story', map.uid, scenario],
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(
        api.POST('/api/maps/stories', { body: { map: { ...putScenario(map, scenario) }, scenario: scenario.id } }),
      ),
  });
