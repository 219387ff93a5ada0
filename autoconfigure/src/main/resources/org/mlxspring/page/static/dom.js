/** An element with attributes (functions become listeners, null and false leave an attribute out) and children. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Replaces a place's content, but only where it would read differently, so that focus and selection stay. */
export function fill(place, ...children) {
  const fresh = document.createElement(place.tagName);
  fresh.append(...children.flat().filter(Boolean));
  if (fresh.innerHTML !== place.innerHTML || place.querySelector('button')) {
    const focused = [...place.querySelectorAll('a, button, summary')].indexOf(document.activeElement);
    place.replaceChildren(...fresh.childNodes);
    if (focused >= 0) {
      place.querySelectorAll('a, button, summary')[focused]?.focus();
    }
  }
}

/** Says something to a screen reader without showing it. */
export function announce(text) {
  const place = byId('announcer');
  if (place.textContent !== text) {
    place.textContent = text;
  }
}
