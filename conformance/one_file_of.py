"""Runs one file of an installed package without what it is built on: whatever it imports that is not there is a stand-in.

So the real code of a rule can be asked where its library needs a backend, or a Python, that the rule does not need.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from importlib.metadata import files


class Nothing:
    """Stands for any object: it has every attribute, can be called, decorate, and be a base of classes."""

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __call__(self, *args, **_):
        # As a decorator it leaves alone what it decorates.
        return args[0] if len(args) == 1 and isinstance(args[0], (type, types.FunctionType)) else Nothing()

    def __mro_entries__(self, _):
        return ()

    def __iter__(self):
        return iter(())

    def __getitem__(self, _):
        return Nothing()

    def __or__(self, _):
        return Nothing()

    __ror__ = __or__


class StandIn(types.ModuleType):
    __path__ = ()
    __version__ = "0"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


class StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every module that nothing else finds."""

    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        pass


def one_file_of(distribution, path, instead=None):
    """The module in this file of an installed distribution; `instead` are attributes put into it before it is run."""
    found = next(file for file in files(distribution) if str(file) == path)
    name = path[: -len(".py")].replace("/", ".")
    package = name.split(".")[0]
    # The rest of its package is not to be imported.
    sys.modules[package] = StandIn(package)
    sys.meta_path.append(StandIns())
    spec = importlib.util.spec_from_file_location(name, found.locate())
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    vars(module).update(instead or {})
    spec.loader.exec_module(module)
    return module
