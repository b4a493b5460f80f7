package io.jenkins.plugins.sslmanager.engine.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads lines as a spreadsheet does (RFC 4180), and looks whether each cell is what was written, and none is a formula. */
final class CsvReader {

    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private CsvReader() {}

    /** @param writer makes a line of fields */
    static ForeignReader of(Function<Stream<String>, String> writer) {
        return new ForeignReader(
                "CSV",
                Stream.of(
                                "www.example.com",
                                "=HYPERLINK(\"https://evil.example\")",
                                "CN=a, O=\"b; c\"",
                                "-5",
                                " @SUM(1)",
                                "\u00a0+1")
                        .map(text -> text.getBytes(UTF_8))
                        .toList(),
                text -> check(fields(new String(text, UTF_8)), writer));
    }

    private static List<String> fields(String text) {
        int half = text.length() / 2;
        return List.of(text.substring(0, half), text, text.substring(half));
    }

    private static void check(List<String> fields, Function<Stream<String>, String> writer) {
        List<String> cells = cells(writer.apply(fields.stream()));
        if (cells.size() != fields.size()) {
            throw new AssertionError(fields.size() + " fields became " + cells.size() + " cells");
        }
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (!cell.equals(fields.get(i)) && !cell.equals("'" + fields.get(i))) {
                throw new AssertionError("Another cell: " + cell);
            }
            if (isFormula(cell)) {
                throw new AssertionError("A formula: " + cell);
            }
        }
    }

    /** What stands before the sign of a formula is not seen, so it does not count. */
    private static boolean isFormula(String cell) {
        if (cell.chars().skip(cell.startsWith("-") ? 1 : 0).allMatch(each -> each >= '0' && each <= '9')) {
            return cell.equals("-");
        }
        int first = cell.codePoints()
                .dropWhile(each -> Character.isWhitespace(each) || Character.isSpaceChar(each) || isInvisible(each))
                .findFirst()
                .orElse(' ');
        return FORMULA.indexOf(first) >= 0 || "\t\r\n".indexOf(cell.charAt(0)) >= 0;
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** The cells of a file that is one line. */
    private static List<String> cells(String file) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (true) {
            require(file.charAt(at) == '"', "a cell begins without a quote");
            StringBuilder cell = new StringBuilder();
            int quote = file.indexOf('"', at + 1);
            while (quote >= 0 && file.startsWith("\"\"", quote)) {
                cell.append(file, at + 1, quote + 1);
                at = quote + 1;
                quote = file.indexOf('"', at + 1);
            }
            require(quote >= 0, "a cell does not end");
            cells.add(cell.append(file, at + 1, quote).toString());
            at = quote + 1;
            if (file.substring(at).equals("\r\n")) {
                return cells;
            }
            require(file.startsWith(",\"", at), "a cell goes on after its quote");
            at++;
        }
    }

    private static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new AssertionError("No such file: " + otherwise);
        }
    }
}
