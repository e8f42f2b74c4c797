// Counts the characters of the field in a panel against a soft and a hard limit.
//
// <div data-controller="newsroom-counter" data-newsroom-counter-soft-value="70"
//      data-newsroom-counter-hard-value="110"> … <input> … </div>
// Amber past the soft limit, red past the hard one. Screen readers hear of it only then.
(() => {
  const Controller = window.StimulusModule?.Controller;
  const app = window.wagtail?.app;
  if (!Controller || !app) return;

  class CounterController extends Controller {
    static values = { soft: Number, hard: Number };

    connect() {
      this.field = this.element.querySelector('input[type="text"], textarea');
      if (!this.field) return;
      this.output = document.createElement('div');
      this.output.className = 'newsroom-counter';
      this.output.id = `${this.field.id}-counter`;
      this.live = document.createElement('div');
      this.live.className = 'w-sr-only';
      this.live.setAttribute('role', 'status');
      const place = this.field.closest('.w-field__wrapper') ?? this.field.parentElement;
      place.append(this.output, this.live);
      const described = this.field.getAttribute('aria-describedby');
      this.field.setAttribute(
        'aria-describedby',
        [described, this.output.id].filter(Boolean).join(' '),
      );
      this.onInput = () => this.update();
      this.field.addEventListener('input', this.onInput);
      this.update();
    }

    disconnect() {
      this.field?.removeEventListener('input', this.onInput);
      this.output?.remove();
      this.live?.remove();
    }

    update() {
      const length = [...this.field.value.trim()].length;
      const hard = this.hardValue;
      const soft = this.softValue || hard;
      let state = 'fine';
      if (length > soft) state = 'long';
      if (length > hard) state = 'over';
      this.output.hidden = length === 0;
      this.output.dataset.state = state;
      this.output.textContent =
        soft === hard ? `${length} of ${hard}` : `${length} of ${soft}, limit ${hard}`;
      if (state !== this.state) {
        this.live.textContent = state === 'fine' ? '' : this.output.textContent;
      }
      this.state = state;
    }
  }

  app.register('newsroom-counter', CounterController);
})();
