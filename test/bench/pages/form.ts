/** As little as can be of a form: the first a long text, the others a line each, and an object that holds what is written. */

const form = document.querySelector('form');
const draft: Record<string, string> = {};
const count = Number(new URLSearchParams(location.search).get('inputs'));

document.querySelector('button')?.addEventListener('click', () => {
  form?.replaceChildren(
    ...Array.from({ length: count }, (_, i) => {
      const label = document.createElement('label');
      const box = document.createElement(i === 0 ? 'textarea' : 'input');
      const name = `Field ${i + 1}`;
      box.value = draft[name] ?? '';
      box.addEventListener('input', () => {
        draft[name] = box.value;
      });
      label.append(name, box);
      return label;
    }),
  );
});
