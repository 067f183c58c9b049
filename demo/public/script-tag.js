Facefront.defineFaceVerify();

const face = document.querySelector('face-verify');
face.addEventListener('face-result', ({ detail: result }) => {
  // Only the server's verdict counts: ask your backend again by this reference before you rely on it.
  const passed = result.status === 'finished' && result.verdict.decision === 'passed';
  document.querySelector('#outcome').textContent = passed ? `✓ ${result.reference}` : `${result.status}: ${result.prompt}`;
});
face.start();
