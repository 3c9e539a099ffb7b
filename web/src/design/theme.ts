/** The tokens, as Mantine reads them. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { say } from '@/i18n';
import { comma } from '@/lib/format';

const lapis: MantineColorsTuple = [
  '#eceffb',
  '#d6ddf6',
  '#b1bff0',
  '#8a9fe9',
  '#6a84e2',
  '#4b66dd',
  '#3f5bd2',
  '#3451c6',
  '#2b44ab',
  '#1f3280',
];

export const theme = createTheme({
  primaryColor: 'lapis',
  primaryShade: { light: 7, dark: 5 },
  colors: { lapis },
  fontFamily: 'var(--pt-font)',
  fontSizes: { xs: '11.5px', sm: '12.5px', md: '13.5px', lg: '15px', xl: '18px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  headings: { fontWeight: '620' },
  // Plain objects: naming the components here would put all of them in the shell.
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, transitionProps: { duration: 90 } } },
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    // Without a placeholder, which is no item of a menu, the first item has the focus.
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 90 }, withInitialFocusPlaceholder: false } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: () => ({ decimalSeparator: comma() }) },
    Checkbox: { defaultProps: { size: 'xs' } },
    ModalCloseButton: { defaultProps: () => ({ 'aria-label': say('state.close') }) },
  },
});

const map = {
  '--mantine-color-body': 'var(--pt-surface)',
  '--mantine-color-text': 'var(--pt-text)',
  '--mantine-color-dimmed': 'var(--pt-text-3)',
  '--mantine-color-default': 'var(--pt-raised)',
  '--mantine-color-default-hover': 'var(--pt-sunken)',
  '--mantine-color-default-border': 'var(--pt-line-2)',
  '--mantine-color-placeholder': 'var(--pt-text-3)',
  '--mantine-shadow-md': 'var(--pt-shadow-3)',
  '--mantine-color-error': 'var(--pt-red-text)',
  // soft tones used by light variants (badges, calendar events): ours pass WCAG AA, the stock ones do not
  ...Object.fromEntries(
    (
      [
        ['orange', 'amber'],
        ['yellow', 'amber'],
        ['red', 'red'],
        ['green', 'green'],
        ['teal', 'teal'],
        ['violet', 'violet'],
      ] as const
    ).flatMap(([m, t]) => [
      [`--mantine-color-${m}-light`, `var(--pt-${t}-soft)`],
      [`--mantine-color-${m}-light-hover`, `var(--pt-${t}-line)`],
      [`--mantine-color-${m}-light-color`, `var(--pt-${t}-text)`],
    ]),
  ),
  '--mantine-color-gray-light': 'var(--pt-active)',
  '--mantine-color-gray-light-color': 'var(--pt-text)',
  '--mantine-color-lapis-light': 'var(--pt-accent-soft)',
  '--mantine-color-lapis-light-hover': 'var(--pt-accent-line)',
  '--mantine-color-lapis-light-color': 'var(--pt-accent-text)',
};
/** In the dark, controls stand on our surfaces. */
const ink = { '--mantine-color-dark-6': 'var(--pt-raised)', '--mantine-color-dark-4': 'var(--pt-line-2)' };
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: map,
  dark: { ...map, ...ink },
});
