#include "harbour.hpp"

#include <berth/schedule/verdict.hpp>

namespace {

using namespace berth::schedule;

TEST_CASE("accepting carries no reason") {
    CHECK_TWICE(accept.accepted());
    CHECK_TWICE(accept.reason_count() == 0);
    CHECK_TWICE(accept.how() == grade::accepted);
}

TEST_CASE("a refusal carries its reason and its grade") {
    CHECK_TWICE(!reject("full").accepted());
    CHECK_TWICE(reject("full").reason(0) == "full");
    CHECK_TWICE(reject("full").how() == grade::rejected);
    CHECK_TWICE(rule_out("wrong architecture").how() == grade::ruled_out);
}

TEST_CASE("both sides of a conjunction keep their reasons, the harsher grade wins") {
    CHECK_TWICE((reject("cpu") & rule_out("gpu")).how() == grade::ruled_out);
    CHECK_TWICE((reject("cpu") & rule_out("gpu")).reason_count() == 2);
    CHECK_TWICE((reject("cpu") & accept) == reject("cpu"));
    CHECK_TWICE((accept & reject("cpu")) == reject("cpu"));
    CHECK((reject("cpu") & rule_out("gpu")).text() == "cpu, gpu");
}

TEST_CASE("a disjunction accepts when either side does; the milder grade wins otherwise") {
    CHECK_TWICE((reject("cpu") | accept).accepted());
    CHECK_TWICE((accept | reject("cpu")).accepted());
    CHECK_TWICE((rule_out("gpu") | reject("cpu")).how() == grade::rejected);
    CHECK_TWICE((rule_out("gpu") | reject("cpu")).reason_count() == 2);
}

TEST_CASE("conjunction and disjunction of verdicts are associative") {
    auto const all = {accept, reject("a"), rule_out("b"), reject(std::string("composed"))};
    for (auto const& a : all) {
        for (auto const& b : all) {
            for (auto const& c : all) {
                CHECK(((a & b) & c) == (a & (b & c)));
                CHECK(((a | b) | c) == (a | (b | c)));
                CHECK((a & b).accepted() == (a.accepted() && b.accepted()));
                CHECK((a | b).accepted() == (a.accepted() || b.accepted()));
            }
        }
    }
}

TEST_CASE("many reasons keep their order, literal and composed ones mixed") {
    auto says = verdict{};
    says &= reject("one");
    says &= reject(std::string("two"));
    says &= reject("three");
    says &= reject(std::string_view("four"));
    CHECK(says.text() == "one, two, three, four");
    CHECK(says.reason(2) == "three");
    auto const copy = says;
    CHECK(copy == says);
    CHECK(copy.text() == says.text());
}

TEST_CASE("a composed reason is copied, a lasting one is not") {
    auto text = std::string("needs a very particular gpu");
    auto const copied = reject(std::string_view(text));
    text[0] = 'N';
    CHECK(copied.text() == "needs a very particular gpu");
    static constexpr std::string_view interned = "Insufficient example.com/gpu";
    CHECK(reject(literal_reason::lasting(interned)).reason(0).data() == interned.data());
}

TEST_CASE("a verdict may speak of the task itself, unless it accepts") {
    CHECK_TWICE(reject("no such claim").about_the_task().is_about_the_task());
    CHECK_TWICE(!verdict{}.about_the_task().is_about_the_task());
}

TEST_CASE("a verdict fits into a cache line") { CHECK_TWICE(sizeof(verdict) <= 64); }

} // namespace
