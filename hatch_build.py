"""Compiles the modules that every step of a run goes through, with mypyc, when that is asked for:
`HATCH_BUILD_HOOK_ENABLE_CUSTOM=true pip install .`, or `make compiled`.

Without it the package is pure Python, and nobody needs a C compiler. Which modules are compiled,
and why others are not, stands in pyproject.toml; docs/engine.md says what it gains.
"""

import os
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileWithMypyc(BuildHookInterface[Any]):
    """Puts the compiled modules beside their sources in the wheel: Python prefers them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, before the files of the wheel are gathered. Raises RuntimeError for a build in
        place, whose sources would then no longer be what runs.
        """
        if version == "editable":
            raise RuntimeError(
                "An editable install cannot be compiled: leave out --editable, or unset "
                "HATCH_BUILD_HOOK_ENABLE_CUSTOM."
            )
        self._remove_built()
        for path in self._compile():
            build_data["force_include"][str(path)] = str(path.relative_to(self._built))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind."""
        self._remove_built()

    @property
    def _built(self) -> Path:
        return Path(self.root, "build", "mypyc")

    def _remove_built(self) -> None:
        shutil.rmtree(self._built, ignore_errors=True)

    def _modules(self) -> list[str]:
        """The sources to compile, relative to the root."""
        root = Path(self.root)
        wanted = {path for pattern in self.config["compile"] for path in root.glob(pattern)}
        left = {path for pattern in self.config["leave"] for path in root.glob(pattern)}
        return sorted(str(path.relative_to(root)) for path in wanted - left)

    def _compile(self) -> list[Path]:
        """The shared libraries: one with all the code, and a small one for each module."""
        # Installed only where the hook is enabled. They expect to be called where the sources are.
        from mypyc.build import mypycify
        from setuptools import Distribution
        from setuptools.command.build_ext import build_ext

        os.chdir(self.root)
        work = Path("build", "mypyc-work")
        extensions = mypycify(
            ["--config-file=", "--ignore-missing-imports", *self._modules()],
            opt_level="3", debug_level="0", target_dir=str(work),
        )  # fmt: skip
        for extension in extensions:  # nobody else calls its functions, so they can be inlined
            extension.extra_compile_args.append("-fvisibility=hidden")
        command = build_ext(Distribution({"name": self.metadata.name, "ext_modules": extensions}))
        command.build_lib, command.build_temp = str(self._built), str(work)
        command.ensure_finalized()
        command.run()
        shutil.rmtree(work)
        return [path for path in self._built.rglob("*") if path.is_file()]
