"""Just enough of C++'s grammar to see functions: text without comments and literals, and blocks that are bodies."""

import re

# Comments, raw strings, strings and characters (not the digit separators of numbers).
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^\s()\\]{0,16})\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|(?<![0-9A-Za-z_])\'(?:[^\'\\\n]|\\.)+\'',
    re.DOTALL)
NOT_A_FUNCTION = re.compile(r"^(\[\[[^\]]*\]\]\s*)?(inline\s+)?(namespace|struct|class|union|enum|extern)\b")


def blanked(text):
    """The text with comments and literals turned into spaces; every line stays where it is."""
    return NOT_CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def without_templates(head):
    """A declaration without the `template <...>` and `requires` that may stand before it."""
    head = head.strip()
    while match := re.match(r"template\s*<", head):
        depth, i = 1, match.end()
        while i < len(head) and depth > 0:
            depth += {"<": 1, ">": -1}.get(head[i], 0) if head[i - 1 : i + 1] not in ("->", "<=", ">=") else 0
            i += 1
        head = head[i:].strip()
    return head


def functions(text):
    """(first line, number of lines, head) of every outermost function body."""
    code = blanked(re.sub(r"^[ \t]*#.*(?:\\\n.*)*$", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.MULTILINE))
    found, stack, start = [], [], 0
    for match in re.finditer(r"[{};]", code):
        where = match.start()
        if match[0] == "{":
            head = without_templates(code[start:where])
            inside = any(stack)
            stack.append((where, head) if not inside and is_function_head(head) else None)
        elif match[0] == "}" and stack:
            opened = stack.pop()
            if opened:
                head_start = code.rfind(opened[1][:40], 0, opened[0])
                first = code.count("\n", 0, max(head_start, 0)) + 1
                found.append((first, code.count("\n", 0, where) + 2 - first, " ".join(opened[1].split())))
        start = match.end()
    return found


def is_function_head(head):
    if not head or NOT_A_FUNCTION.match(head) or head.endswith(("=", ",", "(", "return")):
        return False
    return ")" in head and not re.search(r"(^|[^=!<>])=\s*[\w:]*$", head)
