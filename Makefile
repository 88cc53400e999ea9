# The whole house in a few words: run, test, check. Needs Python 3.11+ and make, nothing else.
PY = .venv/bin/python
JOBS ?= 2

.PHONY: matrix package package-test windows windows-test run test check setup tour demo bench storm fuzz together gallery locale icons lint types laws clean

run: setup            ## open the guide; with no display, take the offscreen tour
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
	    $(PY) -m ui.start; \
	else \
	    echo "There is no display here, so the guide shows itself in pictures instead (build/tour)."; \
	    $(PY) -m ui.tour; \
	fi

test: setup lint types laws  ## every check
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n $(JOBS) --dist loadfile

check: setup lint     ## the fast inner loop: what changed last fails first
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -x --ff -n $(JOBS) --dist loadfile -m "not slow"

setup:                ## make .venv with the guide in it
	@sh tools/setup.sh

tour: setup           ## drive the real window through everything, into build/tour
	$(PY) -m ui.tour

matrix: setup         ## every page and dialog x language x theme x 100 and 200 %, as sheets in build/matrix
	$(PY) -m tools.matrix

demo: setup           ## sign a small update with the development publisher: build/demo.guide
	$(PY) -m guide.publish.development demo build/demo.guide

bench: setup          ## the table of the README, measured here
	$(PY) benchmarks/run.py

storm: setup          ## bad weather over an import: 200 kills, power cuts, full disks, at every call (Linux; root for all)
	for scene in "kills 200" "steps 1" "power 12" "full 1" "denied 0"; do \
	    $(PY) -m tests.bundles.storm $$scene || exit 1; \
	done

fuzz: setup           ## hostile files against the archive reader and the fitness check, for long (TRIES=20000)
	GUIDE_FUZZ=$(or $(TRIES),20000) $(PY) -m pytest -q -n $(JOBS) tests/bundles/test_fuzz.py

together: setup       ## everything a house can do, in random order, its promises looked at after each step (ORDERS=50)
	QT_QPA_PLATFORM=offscreen GUIDE_TOGETHER=$(or $(ORDERS),50) $(PY) -m pytest -q tests/together

gallery: setup       ## every layout of paper in every language, into docs/gallery
	$(PY) tools/gallery.py

package: setup        ## the program as one folder and as a .deb, with licences and list of parts (docs/release.md)
	sh packaging/setup.sh
	build/packaging/venv/bin/python packaging/program.py
	build/packaging/venv/bin/python packaging/deb.py

package-test: setup   ## install, run, update, remove and purge the .deb in a bare Debian (root, debootstrap)
	sh packaging/test-deb.sh

windows: setup        ## the program for Windows, made on Linux: setup.exe and portable zip (mingw-w64, nsis)
	sh packaging/setup.sh
	build/packaging/venv/bin/python packaging/windows.py

windows-test: setup   ## install, run, update and remove it under Wine 10 in a bare Debian 13 (root, debootstrap)
	sh packaging/test-windows.sh

locale: setup         ## gather new texts into the .po files, check placeholders, plurals and what is missing
	$(PY) tools/words.py update
	$(PY) tools/words.py check
	$(PY) tools/words.py compile

icons: setup          ## draw the first screen's icons into one strip, after one has changed
	$(PY) -m tools.icons

lint:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types:
	.venv/bin/mypy

laws:
	.venv/bin/lint-imports

clean:
	rm -rf build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
