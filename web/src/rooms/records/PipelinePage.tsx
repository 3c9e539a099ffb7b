import { Loading } from '@/design/states';

export const PipelinePage = () => <Loading />;
