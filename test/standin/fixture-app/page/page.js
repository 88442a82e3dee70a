window.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(event.effectiveDirective),
);
window.apiAtStart = typeof window.api;
const take = (files) => window.dropped.push(...[...files].map((file) => window.api.pathOf(file)));
document.addEventListener('DOMContentLoaded', () => {
  window.dropped = [];
  const zone = document.getElementById('drop');
  zone.addEventListener('dragover', (event) => event.preventDefault());
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  document.getElementById('file').addEventListener('change', (event) => take(event.target.files));
});
