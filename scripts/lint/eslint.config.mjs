// The scripts of forms, lists and reports: names that nobody defined, and text that would become HTML unescaped.
import js from "@eslint/js";
import nounsanitized from "eslint-plugin-no-unsanitized";

const OF_THE_PLATFORM = ["$", "__", "cint", "cur_list", "flt", "format_number", "frappe", "get_number_format", "get_number_format_info", "locals", "mkd_hrms", "moment"];
const OF_THE_BROWSER = ["clearTimeout", "document", "navigator", "setTimeout", "window"];
const globals = Object.fromEntries([...OF_THE_PLATFORM, ...OF_THE_BROWSER].map((name) => [name, "readonly"]));

// What takes HTML: jQuery's, where every value has to be escaped, and the platform's messages, which may be a translation
// without values.
const MESSAGES = ["add_comment", "confirm", "msgprint", "set_intro", "show_message"];
const escape = { methods: ["escape", "this.escape", "frappe.utils.escape_html", "cint"] };
const messages = { methods: [...escape.methods, "__"] };
const taken = (names, escape) => Object.fromEntries(names.map((name) => [name, { properties: [0], escape }]));
const sinks = {
	...taken(["html", "append", "prepend", "before", "after", "replaceWith", "wrap"], escape),
	...taken(MESSAGES, messages),
};
// A translation into which values were put, unescaped in a message.
const filled = 'CallExpression[callee.name="__"][arguments.1.type="ArrayExpression"]';
const WITH_VALUES = [
	`CallExpression[callee.property.name=/^(show_alert|${MESSAGES.join("|")})$/] > ${filled}.arguments`,
	`CallExpression[callee.property.name="show_alert"] Property[key.name="message"] > ${filled}.value`,
].join(", ");

export default [
	js.configs.recommended,
	{
		languageOptions: { sourceType: "script", ecmaVersion: 2022, globals },
		plugins: { "no-unsanitized": nounsanitized },
		linterOptions: { reportUnusedDisableDirectives: "error" },
		rules: {
			"no-eval": "error",
			"no-implied-eval": "error",
			"no-new-func": "error",
			"no-script-url": "error",
			"no-unsanitized/method": ["error", { escape }, sinks],
			"no-unsanitized/property": ["error", { escape }],
			"no-restricted-syntax": ["error", { selector: WITH_VALUES, message: "A message is HTML: frappe.utils.escape_html(__(...))." }],
		},
	},
];
