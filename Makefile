# make run            open Weightbench
# make test           linters, types and the whole test suite, without a display
# make check          linters and types alone
# make whole-numbers  draw every panel with numbers of any size, and measure that none is cut
# make test-all       make test with each supported Python that is on this machine
# make bench          measure speed
# make kills          kill the application 500 times and look at what is left; N=... kills, SEED=...
# make monkey         use the window at random for a long time, and hold it against a plain loop
# make words          bring the catalogues of all languages up to date, compile and count them
# make fuzz           20,000 inputs changed at random for every reader; N=... inputs, SEED=...
# make lessons        break every lesson in every known way, read 20,000 files from strangers, and go
#                     through every lesson in the window, by keys, by mouse and against its grain,
#                     by ear, and in a made-up language
# make guide          the pictures of docs/guide.md
# make interrupts     end commands by Ctrl+C at 200 moments
# make dist           the wheel and the source archive, in dist/
# make bundle         a folder that runs without Python, in dist/weightbench, and try it
# make install-check  wheel, source archive and a set-up that is killed; takes many minutes
# make clean          remove what these made
#
# Each sets up what it needs the first time, in .venv (.venv-bundle for the bundle), and again when
# the needs in pyproject.toml change. PYTHON=... names the Python to take.

VENV := .venv
BUNDLE_VENV := .venv-bundle
RUN := .ci/in-venv $(VENV)
SET_UP := @.ci/set-up

.PHONY: run test check words whole-numbers test-all bench monkey sequences fuzz lessons guide interrupts kills dist bundle install-check clean
# Two goals at once would set up the same folder.
.NOTPARALLEL:

run:
	$(SET_UP) $(VENV) app
	$(RUN) -m gui

# As many files of tests at once as there are processors. A process that crashes ends the run, as
# it does where there is one.
AT_ONCE := --numprocesses auto --maxprocesses 8 --dist loadfile --max-worker-restart 0

test: check
	QT_QPA_PLATFORM=offscreen $(RUN) -m pytest $(AT_ONCE)

check:
	$(SET_UP) $(VENV) dev
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy

whole-numbers:
	$(SET_UP) $(VENV) dev
	WEIGHTBENCH_WHOLE_NUMBERS=all QT_QPA_PLATFORM=offscreen \
		$(RUN) -m pytest tests/gui/window/test_whole_numbers.py tests/gui/panels/network/test_fits.py

test-all:
	@.ci/test-all

bench:
	$(SET_UP) $(VENV) dev
	QT_QPA_PLATFORM=offscreen $(RUN) -m tests.benchmarks

kills:
	$(SET_UP) $(VENV) dev
	QT_QPA_PLATFORM=offscreen $(RUN) -m tests.kills $(or $(N),500) $(or $(SEED),1)

sequences:
	$(SET_UP) $(VENV) dev
	QT_QPA_PLATFORM=offscreen $(RUN) -m tests.sequences $(or $(N),300) $(or $(SEED),1)
	WEIGHTBENCH_SEQUENCES=$(or $(N),300) QT_QPA_PLATFORM=offscreen \
		$(RUN) -m pytest tests/gui/session/test_stateful.py

monkey:
	$(SET_UP) $(VENV) dev
	QT_QPA_PLATFORM=offscreen $(RUN) -m tests.monkey --seeds 20 --actions 5000 --processes 2

fuzz:
	$(SET_UP) $(VENV) dev
	QT_QPA_PLATFORM=offscreen $(RUN) -m tests.fuzz --inputs $(or $(N),20000) --seed $(or $(SEED),1)

lessons:
	$(SET_UP) $(VENV) dev
	$(RUN) -m tests.lessons --files $(or $(N),20000) --seed $(or $(SEED),1)
	QT_QPA_PLATFORM=offscreen $(RUN) -m pytest -q tests/lessons/in_window.py \
		tests/lessons/in_other_words.py tests/lessons/by_ear.py

DRAW := QT_QPA_PLATFORM=offscreen $(RUN) -m gui --size 1280x800 --theme light

guide:
	$(SET_UP) $(VENV) app
	@mkdir -p docs/guide
	$(DRAW) "Several steps" --steps 3 --screenshot docs/guide/steps.png
	$(DRAW) --lesson one-delta --page 2 --screenshot docs/guide/lesson.png
	$(DRAW) "Digits, 8x8" --steps 1500 --screenshot docs/guide/digits.png
	$(DRAW) --lesson image-space --page 5 --screenshot docs/guide/space.png
	$(DRAW) docs/guide/pinned.json --screenshot docs/guide/pinned.png

words:
	$(SET_UP) $(VENV) dev
	$(RUN) -m tests.translations

interrupts:
	$(SET_UP) $(VENV) dev
	$(RUN) -m tests.interrupts

dist:
	$(SET_UP) $(VENV) dev
	@rm -rf build weightbench.egg-info
	$(RUN) -m build

bundle:
	$(SET_UP) $(BUNDLE_VENV) bundle
	.ci/in-venv $(BUNDLE_VENV) -m PyInstaller --noconfirm --log-level WARN packaging/weightbench.spec
	.ci/in-venv $(BUNDLE_VENV) packaging/try_bundle.py dist/weightbench

install-check: dist
	$(RUN) packaging/try_install.py
	$(RUN) packaging/try_set_up.py

clean:
	rm -rf $(VENV) $(wildcard .venv-*) build dist weightbench.egg-info
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find gui model packaging resources tests -name __pycache__ -type d -prune -exec rm -rf {} +
