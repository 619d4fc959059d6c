/// \file
/// Requests that are done with go.

#include "../../../vocabulary.hpp"
#include "../certificates.hpp"
#include "../sound_request.hpp"

#include <berth/kube/certificates/certificate_signing_request/controller/cleaning.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto const where = object::key{{}, "ask"};
constexpr auto controller = kube::certificate_cleaning_controller();

class make_request : public maker<make_request, kube::certificate_signing_request> {
public:
    make_request() : maker("ask") { value_.spec = sound_request().spec; }
    auto decided(std::string type, time_point at = new_year) -> make_request& {
        return with([&](auto& r) {
            r.status.conditions.push_back(test::decided(std::move(type)).status.conditions[0]);
            r.status.conditions.back().last_update_time = object::timestamp(at);
        });
    }
    auto issued(std::string_view pem) -> make_request& {
        return with([&](auto& r) { r.status.certificate.data = std::string(pem); });
    }
};

/// How long a request still stays; nothing if for ever.
auto left(make_request const& r, time_point now) -> std::optional<duration> {
    auto w = world_of(r);
    auto const plan = plan_of(controller, w, where, now);
    if (plan.empty()) return plan.again_after;
    CHECK(steps_of(plan) == lines{"delete certificatesigningrequests ask"});
    return duration();
}

} // namespace

TEST_CASE("a request that nobody decides stays a day") {
    CHECK(left(make_request(), new_year + minutes(60)) == minutes(23 * 60));
    CHECK(left(make_request(), new_year + minutes(24 * 60)) == duration());
}

TEST_CASE("a request stays an hour after it was decided") {
    for (auto const* const type : {"Approved", "Denied", "Failed"}) {
        CHECK(left(make_request().decided(type), new_year + minutes(59)) == minutes(1));
        CHECK(left(make_request().decided(type), new_year + minutes(60)) == duration());
    }
    auto const twice = make_request().decided("Approved", new_year + minutes(30)).decided("Failed");
    CHECK(left(twice, new_year) == minutes(60));
    CHECK_FALSE(left(make_request().decided("Other"), new_year + minutes(60) * 9999));
}

TEST_CASE("a request goes when its certificate ends") {
    auto const r = make_request().decided("Approved", end_of_early).issued(early_certificate);
    CHECK(left(r, end_of_early - seconds(1)) == seconds(1));
    CHECK(left(r, end_of_early) == duration());
    CHECK(left(make_request().decided("Approved").issued("nonsense"), new_year) == minutes(60));
}

TEST_CASE("the controller that cleans keeps the laws of controllers") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    reconcile::laws::all(controller, world_of(make_request()), where, judge);
    reconcile::laws::all(controller, world_of(make_request().decided("Denied", new_year - minutes(90))),
                         where, judge);
}
