document.querySelectorAll('pre.paste').forEach(function (pre) {
  var button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', function () {
    var text = pre.querySelector('code').textContent;
    function done() {
      button.textContent = 'Copied';
      setTimeout(function () { button.textContent = 'Copy'; }, 1500);
    }
    function byHand() {
      var range = document.createRange();
      range.selectNodeContents(pre.querySelector('code'));
      var selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      if (document.execCommand('copy')) { done(); }
    }
    if (navigator.clipboard && isSecureContext) {
      navigator.clipboard.writeText(text).then(done, byHand);
    } else {
      byHand();
    }
  });
  pre.appendChild(button);
});
