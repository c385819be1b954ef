// Half of the readers read from right to left: CSS here knows no left and no right. And it runs on old phones: no nesting, no :has.
const physical = ['width', 'height', 'min-width', 'max-width', 'min-height', 'max-height', 'top', 'right', 'bottom', 'left', 'overflow-x', 'overflow-y']

export default {
  plugins: ['stylelint-use-logical'],
  rules: {
    'csstools/use-logical': 'always',
    'property-disallowed-list': [...physical, '/^(margin|padding|border|scroll-margin|scroll-padding)-(top|right|bottom|left)/', '/^border-(top|bottom)-(left|right)-radius$/'],
    'declaration-property-value-disallowed-list': {
      'text-align': ['left', 'right'],
      float: ['left', 'right'],
      clear: ['left', 'right'],
      direction: ['rtl'],
      '/^(margin|padding|inset|border-(width|style|color))$/': [/^(\S+)\s+(\S+)\s+(\S+)\s+(?!\2$)\S+$/],
      'letter-spacing': [/./],
      'text-transform': ['uppercase', 'capitalize'],
    },
    'selector-pseudo-class-disallowed-list': ['has'],
    'function-disallowed-list': ['color-mix', 'light-dark'],
    'max-nesting-depth': [0, { ignoreAtRules: ['media', 'supports'] }],
    'block-no-empty': true,
    'color-no-invalid-hex': true,
    'declaration-block-no-duplicate-properties': [true, { ignore: ['consecutive-duplicates-with-different-values'] }],
    'function-calc-no-unspaced-operator': true,
    'no-duplicate-selectors': true,
    'no-invalid-double-slash-comments': true,
    'property-no-unknown': true,
    'selector-pseudo-class-no-unknown': true,
    'selector-pseudo-element-no-unknown': true,
    'selector-type-no-unknown': true,
    'unit-no-unknown': true,
  },
}
