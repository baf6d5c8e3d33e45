"""docs/openapi.yaml is OpenAPI 3.1, and names functions that are there. What they answer a test asks a server of the app."""

import json
from unittest import TestCase

import yaml
from mkd_source import definition, is_whitelisted
from mkd_support import ROOT
from openapi_spec_validator import OpenAPIV31SpecValidator

SPEC = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"))
METHOD = "/api/method/"


class TestOpenAPI(TestCase):
	def test_it_is_openapi(self):
		self.assertEqual([error.message for error in OpenAPIV31SpecValidator(SPEC).iter_errors()], [])

	def test_what_is_none_would_be_seen(self):
		broken = json.loads(json.dumps(SPEC))
		(path, *_others) = broken["paths"]
		del broken["paths"][path]["post"]["responses"]["200"]["description"]
		self.assertTrue(list(OpenAPIV31SpecValidator(broken).iter_errors()))

	def test_every_path_is_a_function_with_these_parameters(self):
		for path, operations in SPEC["paths"].items():
			name = path.removeprefix(METHOD)
			with self.subTest(name):
				self.assertTrue(is_whitelisted(name))
				arguments = {argument.arg for argument in definition(name).args.args}
				for operation in operations.values():
					self.assertEqual(arguments, set(asked(operation)))


def asked(operation):
	"""The names of what an operation is asked with, but for headers."""
	yield from (each["name"] for each in operation.get("parameters", ()) if each["in"] == "query")
	if body := operation.get("requestBody"):
		schema = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
		yield from SPEC["components"]["schemas"][schema]["properties"]
