/// \file
/// Decides random scheduling cases by the default profile and compares all that is decided with what
/// kube-scheduler decided. Prints how many agree by kind, the first differences, and the sum.

#include "scheduling_cases/compare.hpp"
#include "scheduling_cases/judge.hpp"
#include "scheduling_cases/lines.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace scheduling_cases;

constexpr auto help = R"(scheduling_cases CASES VERDICTS [--show N] [--only ID]
    Decides the cases in the file CASES and compares with VERDICTS (.jsonl or .jsonl.gz; one object a line,
    the same ids in the same order). Prints how many agree by kind (the beginning of the id) and the first
    differences; ends in `N passed, N failed`, with 0 only if all agree.
    --show N    tell the first N cases that differ (5)
    --only ID   look at this case alone
)";

struct options {
    std::vector<std::string> files;
    int show = 5;
    std::string only;
    bool help = false;
};

auto parse(int argc, char** argv) -> options {
    auto out = options();
    for (auto i = 1; i < argc; ++i) {
        auto const word = std::string_view(argv[i]);
        auto const value = [&] {
            if (i + 1 == argc) throw std::runtime_error(std::string(word) + " needs a value");
            return std::string(argv[++i]);
        };
        if (word == "--help" || word == "-h") out.help = true;
        else if (word == "--show") out.show = std::atoi(value().c_str());
        else if (word == "--only") out.only = value();
        else if (word.starts_with("-")) throw std::runtime_error("unknown option " + std::string(word));
        else out.files.emplace_back(word);
    }
    if (!out.help && out.files.size() != 2)
        throw std::runtime_error("two files are needed: CASES VERDICTS; --help tells more");
    return out;
}

class run {
public:
    explicit run(int show) : left_to_show_(show) {}

    auto take(json::object const& c, json::object const& expected) -> void {
        auto const id = text_of(c.at("id"));
        auto found = differences();
        try {
            found.compare(expected, judge(c));
        } catch (std::exception const& problem) {
            found.compare("a decision", json::string(problem.what()), "case");
        }
        auto& t = tallies_[id.substr(0, id.find('-'))];
        ++(found.found().empty() ? t.passed : t.failed);
        if (!found.found().empty() && left_to_show_-- > 0) show(id, found.found());
    }
    auto report() const -> bool { return cases::report(tallies_, 16); }

private:
    static auto show(std::string const& id, std::vector<std::string> const& found) -> void {
        constexpr auto lines = std::size_t{4};
        constexpr auto columns = std::size_t{400};
        std::cout << id << " differs\n";
        for (std::size_t i = 0; i < found.size() && i < lines; ++i)
            std::cout << "    " << found[i].substr(0, columns) << (found[i].size() > columns ? " ..." : "")
                      << "\n";
        if (found.size() > lines) std::cout << "    and in " << found.size() - lines << " places more\n";
    }

    cases::tallies tallies_;
    int left_to_show_;
};

auto compare_files(options const& how) -> bool {
    auto all_cases = line_reader(how.files[0]);
    auto verdicts = line_reader(how.files[1]);
    auto all = run(how.show);
    auto c = json::object();
    auto v = json::object();
    while (all_cases.next(c)) {
        if (!c.contains("nodes")) all_cases.complain("is no scheduling case: it has no nodes");
        if (!verdicts.next(v)) all_cases.complain("has no verdict");
        if (c.at("id") != v.at("id")) verdicts.complain("is not the verdict on " + text_of(c.at("id")));
        if (how.only.empty() || how.only == text_of(c.at("id"))) all.take(c, v);
    }
    if (verdicts.next(v)) verdicts.complain("has no case");
    return all.report();
}

} // namespace

auto main(int argc, char** argv) -> int {
    try {
        auto const how = parse(argc, argv);
        if (how.help) {
            std::cout << help;
            return 0;
        }
        return compare_files(how) ? 0 : 1;
    } catch (std::exception const& problem) {
        std::cerr << "scheduling_cases: " << problem.what() << "\n";
        return 2;
    }
}
