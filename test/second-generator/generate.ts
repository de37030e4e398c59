import { addCrew, addHydra } from './campaigns-crew.ts'
import { addNeighbours, addPipeline, addVirtualCards } from './campaigns-pipeline.ts'
import { addRelay, addReseller } from './campaigns-relay.ts'
import { exportWorld, type House } from './export.ts'
import { addBankPromotion, addPrepaidRegion, addRegionalProduct, addTrialists, addWebinar } from './innocent-markets.ts'
import {
  addCampus,
  addClass,
  addComputerRoom,
  addCoworking,
  addFamilies,
  addOffice,
  addSharedComputers,
  addWorkshop,
} from './innocent-places.ts'
import {
  addAgency,
  addBuildFarm,
  addConsultancy,
  addCronFleet,
  addEvaluation,
  addKiosk,
  addVendorCustomers,
} from './innocent-trades.ts'
import { addStrangers } from './strangers.ts'
import { createWorld } from './world.ts'

/** A log of about 2,000 accounts with eight campaigns and eighteen kinds of innocents, written as the house does. */
export function generate(seed: number, house: House, folder: string): ReturnType<typeof exportWorld> {
  const world = createWorld(seed, house.days)
  addStrangers(world, 850)
  addTrialists(world, 80)
  addPipeline(world, 60, 130)
  addRelay(world, 90)
  addCrew(world)
  addHydra(world, 26, 75)
  addReseller(world, 60, 70)
  addVirtualCards(world, 50, 90)
  addNeighbours(world, 22, 80)
  addOffice(world, 35, 'hollisware.example')
  addOffice(world, 12, 'tannerlaw.example')
  addClass(world, 40)
  addAgency(world, 14)
  addAgency(world, 12, 2, 2)
  addAgency(world, 18, 3, 1)
  addKiosk(world, 16)
  addComputerRoom(world, 40)
  addConsultancy(world, 10)
  addCampus(world, 120)
  addBuildFarm(world, 25)
  addVendorCustomers(world, 45)
  addFamilies(world, 30)
  addCoworking(world, 30)
  addPrepaidRegion(world, 70)
  addRegionalProduct(world, 30)
  addEvaluation(world, 15)
  addSharedComputers(world, 25)
  addWorkshop(world, 18)
  addWebinar(world, 40)
  addBankPromotion(world, 40)
  addCronFleet(world, 20)
  return exportWorld(world, house, folder)
}
