module.exports = {
	extends: ["@commitlint/config-conventional"],
	rules: {
		"type-enum": [
			2,
			"always",
			["build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test"],
		],
		// Rule changes quote clauses and dates; such a line is not worth breaking.
		"body-max-line-length": [0],
		"footer-max-line-length": [0],
	},
};
