/// \file
/// Which class a claim gets that names none, and which claims may grow.

#include "../../admission_desk.hpp"

#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/storage/storage_class/admission.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto claim(std::string size, std::string of = "fast") -> kube::persistent_volume_claim {
    auto c = kube::persistent_volume_claim();
    c.metadata.name = "c";
    c.spec.storage_class_name = std::move(of);
    c.spec.resources.requests["storage"] = *object::quantity::parse(size);
    c.status.phase = "Bound";
    return c;
}

auto fast(bool grows) -> kube::storage_class {
    auto c = kube::storage_class();
    c.metadata.name = "fast";
    c.metadata.annotations["storageclass.beta.kubernetes.io/is-default-class"] = "true";
    c.allow_volume_expansion = grows;
    return c;
}

} // namespace

TEST_CASE("a claim that names no class gets the default one, and one that wants none is left alone") {
    auto desk = admission_desk();
    desk.knows(fast(true));
    auto const link = kube::default_storage_class();
    auto c = claim("1Gi");
    c.spec.storage_class_name.reset();
    REQUIRE(desk.create(link, c));
    CHECK(*c.spec.storage_class_name == "fast");
    c.spec.storage_class_name = std::string();
    REQUIRE(desk.create(link, c));
    CHECK(c.spec.storage_class_name->empty());
}

TEST_CASE("a claim grows when it is bound and its class lets it") {
    auto const link = kube::claim_resize();
    auto const said = [&](bool grows, kube::persistent_volume_claim now,
                          kube::persistent_volume_claim before) {
        auto desk = admission_desk();
        desk.knows(fast(grows));
        auto const done = desk.update(link, now, before);
        return done ? std::string() : done.error().message;
    };
    CHECK(said(true, claim("2Gi"), claim("1Gi")).empty());
    CHECK(said(false, claim("1Gi"), claim("2Gi")).empty());
    CHECK(said(false, claim("2Gi"), claim("1Gi")).ends_with("must support resize"));
    CHECK(said(true, claim("2Gi", "gone"), claim("1Gi", "gone")).ends_with("must support resize"));
    auto pending = claim("1Gi");
    pending.status.phase = "Pending";
    CHECK(said(true, claim("2Gi"), pending).ends_with("Only bound persistent volume claims can be expanded"));
}
