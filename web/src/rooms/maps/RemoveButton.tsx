import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';

/** Takes the selected element off the map; the way back is offered at once. */
export function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <Button variant="light" color="red" leftSection={<IconTrash size={14} />} onClick={onRemove}>
      {label}
    </Button>
  );
}
