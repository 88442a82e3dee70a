/** Before what is pressed gives way to something else: the focus stays in its part of the screen, and does not fall to the page. */
export function keepFocus(pressed: Element): void {
  pressed.closest<HTMLElement>('section[tabindex="-1"]')?.focus({ preventScroll: true });
}
