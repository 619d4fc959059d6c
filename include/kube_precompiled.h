/// \file
/// What the units with the bodies of `kube` include, compiled once for all of them.

#include <berth/kube/vocabulary.hpp>
#include <berth/reconcile/controller.hpp>
